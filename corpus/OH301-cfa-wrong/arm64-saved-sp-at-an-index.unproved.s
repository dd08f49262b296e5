// arch: arm64
// rule: OH301
// expect: unproved dynamic-stack f
// flags: -O2
// source: by hand, after OpenSSL's x86_64-mont.pl
// why: what SP was at entry is kept above an array whose length is not known, and read from there

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	mov	x9, sp
	.cfi_def_cfa_register x9
	sub	x10, x9, x0, lsl 4
	sub	sp, x10, 32
	add	x11, sp, x0, lsl 4
	str	x9, [x11, 8]
	ldr	x12, [x11, 8]
	.cfi_def_cfa x12, 0
	mov	sp, x12
	.cfi_def_cfa_register sp
	ret
	.cfi_endproc
	.size	f, .-f
