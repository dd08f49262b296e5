// arch: x86-64
// rule: OH102
// expect: OH102 g+0x5
// expect: OH201 f+0xa
// flags: -O2
// source: by hand, after _setjmp of glibc 2.36, which enters __sigsetjmp behind its first instruction
// why: what a jump into the middle of another function reaches may return, so that the fault behind the call counts

	.text
	.globl	f
	.type	f, @function
f:
	.cfi_startproc
	pushq	%rbx
	.cfi_def_cfa_offset 16
	.cfi_offset %rbx, -16
	callq	g
	popq	%rbx
	.cfi_restore %rbx
	.cfi_def_cfa_offset 8
	pushq	%rax
	.cfi_def_cfa_offset 16
	nop
	nop
	retq
	.cfi_endproc
	.size	f, .-f

	.globl	g
	.type	g, @function
g:
	.cfi_startproc
	movl	$0, %eax
	jmp	.Lmiddle
	.cfi_endproc
	.size	g, .-g

	.globl	h
	.type	h, @function
h:
	.cfi_startproc
	nop
	nop
.Lmiddle:
	retq
	.cfi_endproc
	.size	h, .-h
