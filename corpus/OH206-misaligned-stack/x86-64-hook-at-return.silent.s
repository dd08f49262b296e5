// arch: x86-64
// flags: gcc-12 -O2 -pg -mfentry -minstrument-return=call
// expect: silent
// source: gcc-12 -O2 -pg -mfentry -minstrument-return=call
// why: __return__ is called by a convention of its own, as __fentry__ is: SP is where the return will take it from

	.text
	.globl	f
	.type	f, @function
f:
	.cfi_startproc
	call	__fentry__
	leal	1(%rdi), %eax
	call	__return__
	ret
	.cfi_endproc
	.size	f, .-f
