// arch: x86-64
// rule: OH309
// expect: silent
// flags: -O2
// source: gcc-12 -O2
// why: behind the pop rbx lies 8 bytes below rsp, which is inside the red zone (psABI 3.2.2)

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	pushq	%rbx
	.cfi_def_cfa_offset	16
	.cfi_offset	%rbx, -16
	movl	%edi, %ebx
	call	g
	addl	%ebx, %eax
	popq	%rbx
	.cfi_def_cfa_offset	8
	ret
	.cfi_endproc
	.size	f, .-f
