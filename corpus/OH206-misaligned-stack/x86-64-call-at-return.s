// arch: x86-64
// flags: gcc-12 -O2 -pg -mfentry -minstrument-return=call
// rule: OH206
// expect: OH206 f+0x8
// source: the twin of x86-64-hook-at-return.silent.s
// why: what is called is no hook, and 8 bytes off

	.text
	.globl	f
	.type	f, @function
f:
	.cfi_startproc
	call	__fentry__
	leal	1(%rdi), %eax
	call	other
	ret
	.cfi_endproc
	.size	f, .-f
