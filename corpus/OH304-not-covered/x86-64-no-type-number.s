// arch: x86-64
// rule: OH304
// expect: suspect OH101 __cfi_f+0x8
// expect: OH304 __cfi_f+0x0
// flags: clang-19 -O2 -fsanitize=kcfi
// source: clang-19 -O2 -fsanitize=kcfi, reduced
// why: code that falls into f has no unwind row, and is more than a number

	.text
	.globl	__cfi_f
	.type	__cfi_f, @function
__cfi_f:
	nop
	nop
	nop
	movl	$329620, %eax
	addl	%eax, %edi		# planted
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
