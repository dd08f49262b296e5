// arch: x86-64
// rule: OH205
// expect: silent
// flags: -O2
// source: by hand, after internal_clone of compiler-rt's sanitizer_common, which ends the child so
// why: exit does not come back to where the frame is another

	.text
	.globl	f
	.type	f, @function
f:
	.cfi_startproc
	pushq	%rax
	.cfi_def_cfa_offset	16
	call	g
	testq	%rax, %rax
	jne	.Lparent
	addq	$8, %rsp
	.cfi_def_cfa_offset	8
	xorl	%edi, %edi
	movl	$60, %eax
	syscall
.Lparent:
	.cfi_def_cfa_offset	16
	addq	$8, %rsp
	.cfi_def_cfa_offset	8
	ret
	.cfi_endproc
	.size	f, .-f
