// arch: x86-64
// rule: OH103
// expect: silent
// flags: -O2
// source: gcc-12 -O2, reduced
// why: the three blocks are reached only through the jump table

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	cmpl	$2, %edi
	ja	.L2
	movl	%edi, %edi
	jmp	*.L4(,%rdi,8)
.L7:
	movl	$12, %eax
	ret
.L6:
	movl	$99, %eax
	ret
.L5:
	movl	$31, %eax
	ret
.L2:
	xorl	%eax, %eax
	ret
	.cfi_endproc
	.size	f, .-f
	.section	.rodata
	.align	8
.L4:
	.quad	.L5
	.quad	.L6
	.quad	.L7
