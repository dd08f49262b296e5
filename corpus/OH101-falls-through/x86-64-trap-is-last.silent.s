// arch: x86-64
// rule: OH101
// expect: silent
// flags: -O2
// source: clang-19 -O2
// why: ud2 raises an exception; nothing has to follow it

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	pushq	%rbx
	.cfi_def_cfa_offset	16
	.cfi_offset	%rbx, -16
	movl	%edi, %ebx
	callq	g
	testl	%eax, %eax
	js	.LBB0_1
	addl	%ebx, %eax
	popq	%rbx
	.cfi_def_cfa_offset	8
	retq
.LBB0_1:
	.cfi_def_cfa_offset	16
	ud2
	.cfi_endproc
	.size	f, .-f
	.text
	.globl	next
	.type	next, %function
next:
	.cfi_startproc
	movl	$1, %eax
	ret
	.cfi_endproc
	.size	next, .-next
