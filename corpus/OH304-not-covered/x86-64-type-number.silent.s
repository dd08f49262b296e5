// arch: x86-64
// rule: OH304
// expect: silent
// flags: clang-19 -O2 -fsanitize=kcfi
// source: clang-19 -O2 -fsanitize=kcfi
// why: the number of the type of f stands in front of it, as the operand of an instruction that nobody runs

	.text
	.globl	__cfi_f
	.type	__cfi_f, @function
__cfi_f:
	nop
	nop
	nop
	movl	$329620, %eax
.Lend:
	.size	__cfi_f, .Lend-__cfi_f
	.globl	f
	.type	f, @function
f:
	.cfi_startproc
	leal	1(%rdi), %eax
	retq
	.cfi_endproc
	.size	f, .-f
