// arch: arm64
// rule: OH205
// expect: OH205 f+0x0
// expect: OH205 f+0x10
// flags: -O2
// why: the loop allocates on every round and the end frees once

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
.L3:
	sub	sp, sp, #16	// planted: in the loop
	.cfi_def_cfa_offset	16
	subs	w0, w0, #1
	bne	.L3
	add	sp, sp, 16
	.cfi_def_cfa_offset	0
	ret
	.cfi_endproc
	.size	f, .-f
