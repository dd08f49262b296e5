// arch: x86-64
// rule: OH202
// flags: gcc-12 -O2 -fcall-saved-r10
// expect: OH202 f+0x6
// expect: OH302 f+0x4
// source: the twin of x86-64-call-saved.silent.s
// why: -fcall-saved-r10 puts r10 to the registers that a call preserves (GCC manual, Code Gen Options)

	.text
	.globl	f
	.type	f, @function
f:
	.cfi_startproc
	leal	(%rdi,%rsi), %r10d
	nop
	nop
	ret
	.cfi_endproc
	.size	f, .-f
