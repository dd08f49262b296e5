// arch: arm64
// rule: OH308
// expect: OH308 f+0x40
// flags: clang-19 -O2 -mbranch-protection=standard -march=armv8.3-a
// source: clang-19 (docs/findings/049)
// why: what stands behind retaa is reached before anything was signed, and its row says that the address is

	.arch	armv8.3-a
	.text
	.word	4
	.word	16
	.word	5
	.asciz	"GNU"
	.word	3221225472
	.word	4
	.word	7
	.word	0
.Lsec_end0:
	.arch	armv8.3-a
	.text
	.globl	f
	.type	f,%function
f:
	.cfi_startproc
	hint	#34
	cbz	x1, .LBB0_2
	paciasp
	.cfi_negate_ra_state
	stp	x29, x30, [sp, #-32]!
	.cfi_def_cfa_offset 32
	str	x19, [sp, #16]
	mov	x29, sp
	.cfi_def_cfa w29, 32
	.cfi_offset w19, -16
	.cfi_offset w30, -24
	.cfi_offset w29, -32
	mov	x19, x1
	bl	g
	ldr	w8, [x19]
	mov	w19, w0
	mov	w0, w8
	bl	g
	add	w0, w0, w19
	.cfi_def_cfa wsp, 32
	ldr	x19, [sp, #16]
	ldp	x29, x30, [sp], #32
	.cfi_def_cfa_offset 0
	.cfi_restore w19
	.cfi_restore w30
	.cfi_restore w29
	retaa
.LBB0_2:
	mov	w0, #3
	ret
	.size	f, .-f
	.cfi_endproc
