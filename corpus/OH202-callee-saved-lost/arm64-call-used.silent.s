// arch: arm64
// flags: aarch64-linux-gnu-gcc-12 -O2 -fcall-used-x19
// expect: silent
// source: as x86-64-call-used.silent.s
// why: -fcall-used-x19 takes x19 from the registers that a call preserves (GCC manual, Code Gen Options)

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	add	x19, x0, x1
	mov	x0, x19
	ret
	.cfi_endproc
	.size	f, .-f
