// arch: arm64
// rule: OH201
// expect: OH201 f+0x18
// flags: -O2
// source: aarch64 gcc-12 -O2
// why: 32 bytes are allocated and 16 given back; the unwind rows tell the truth

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	sub	sp, sp, #32
	.cfi_def_cfa_offset	32
	str	w0, [sp, 12]
	str	w1, [sp, 8]
	ldr	w0, [sp, 12]
	ldr	w1, [sp, 8]
	add	sp, sp, 16	// planted: not 32
	.cfi_def_cfa_offset	16
	ret
	.cfi_endproc
	.size	f, .-f
