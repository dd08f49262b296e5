// arch: arm64
// rule: OH207
// expect: OH207 f+0x0
// flags: -O2
// source: by hand
// why: arm64 has no red zone: nothing below SP may be accessed (AAPCS64 6.4.5.1)

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	str	w0, [sp, -16]
	ldr	w0, [sp, -16]
	ret
	.cfi_endproc
	.size	f, .-f
