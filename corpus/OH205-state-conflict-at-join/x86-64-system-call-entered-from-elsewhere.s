// arch: x86-64
// rule: OH205
// expect: OH205 f+0x1b
// expect: OH205 f+0x21
// flags: -O2
// source: by hand, after internal_clone of compiler-rt's sanitizer_common, which ends the child so
// why: a path that does not ask for exit enters at the system call

	.text
	.globl	f
	.type	f, @function
f:
	.cfi_startproc
	pushq	%rax
	.cfi_def_cfa_offset	16
	testq	%rsi, %rsi
	je	.Lcall
	call	g
	testq	%rax, %rax
	jne	.Lparent
	addq	$8, %rsp
	.cfi_def_cfa_offset	8
	xorl	%edi, %edi
	movl	$60, %eax
.Lcall:
	syscall
.Lparent:
	.cfi_def_cfa_offset	16
	addq	$8, %rsp
	.cfi_def_cfa_offset	8
	ret
	.cfi_endproc
	.size	f, .-f
