// arch: x86-64
// rule: OH102
// expect: OH102 f+0x3
// flags: -O2
// source: gcc-12 -O2
// why: the branch lands one byte into the movl at .L3, which the other path executes whole; a compiler never lets
//   instructions overlap

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	testq	%rdi, %rdi
	je	.L3+1	# planted: one byte too far; there stand four no-ops
	movl	(%rdi), %eax
	testl	%eax, %eax
	jne	.L4
.L3:
	movl	$0x90909090, %eax
.L4:
	ret
	.cfi_endproc
	.size	f, .-f
