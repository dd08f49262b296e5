// arch: x86-64
// rule: OH202
// expect: OH202 f+0xe
// flags: -O2
// source: gcc-12 -O2
// why: popq %rbx became addq $8, %rsp: SP is right and rbx is not

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	pushq	%rbx
	.cfi_def_cfa_offset	16
	.cfi_offset	3, -16
	movl	%edi, %ebx
	call	g
	addl	%ebx, %eax
	addq	$8, %rsp	# planted: popq %rbx stood here
	.cfi_def_cfa_offset	8
	ret
	.cfi_endproc
	.size	f, .-f
