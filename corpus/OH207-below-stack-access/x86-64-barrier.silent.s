// arch: x86-64
// rule: OH207
// expect: silent
// flags: gcc-12 -O2
// source: inline assembly of programs that share memory with the kernel
// why: a locked addition of nothing is a memory barrier; it stands below the red zone, so that it waits for no store of
//   the function's

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	movl	%esi, (%rdi)
	lock addl	$0, -132(%rsp)
	movl	4(%rdi), %eax
	ret
	.cfi_endproc
	.size	f, .-f
