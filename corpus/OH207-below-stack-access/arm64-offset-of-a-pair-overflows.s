// arch: arm64
// rule: OH207
// expect: OH207 f+0x50
// expect: OH302 f+0x5c
// expect: OH302 f+0x5c
// expect: OH302 f+0x5c
// expect: OH302 f+0x5c
// expect: OH202 f+0x120
// expect: OH202 f+0x120
// expect: OH202 f+0x120
// expect: OH202 f+0x120
// flags: clang-19 -O2
// source: clang-19 -O2 (docs/findings/060)
// why: the offset of a pair is encoded with its sign lost: two registers are saved below SP

	.text
	.globl	f
	.type	f,%function
f:
	.cfi_startproc
	stp	q31, q30, [sp, #-544]!
	.cfi_def_cfa_offset 544
	stp	q29, q28, [sp, #32]
	stp	q27, q26, [sp, #64]
	stp	q25, q24, [sp, #96]
	stp	q23, q22, [sp, #128]
	stp	q21, q20, [sp, #160]
	stp	q19, q18, [sp, #192]
	stp	q17, q16, [sp, #224]
	stp	q15, q14, [sp, #256]
	stp	q13, q12, [sp, #288]
	stp	q11, q10, [sp, #320]
	stp	q9, q8, [sp, #352]
	str	x15, [sp, #384]
	stp	x14, x13, [sp, #400]
	stp	x12, x11, [sp, #416]
	stp	x10, x9, [sp, #432]
	stp	x29, x30, [sp, #448]
	stp	x28, x27, [sp, #464]
	stp	x26, x25, [sp, #480]
	stp	x24, x23, [sp, #496]
	stp	x22, x21, [sp, #-512]
	stp	x20, x19, [sp, #-496]
	add	x29, sp, #448
	.cfi_def_cfa w29, 96
	.cfi_offset w19, -8
	.cfi_offset w20, -16
	.cfi_offset w21, -24
	.cfi_offset w22, -32
	.cfi_offset w23, -40
	.cfi_offset w24, -48
	.cfi_offset w25, -56
	.cfi_offset w26, -64
	.cfi_offset w27, -72
	.cfi_offset w28, -80
	.cfi_offset w30, -88
	.cfi_offset w29, -96
	.cfi_offset w9, -104
	.cfi_offset w10, -112
	.cfi_offset w11, -120
	.cfi_offset w12, -128
	.cfi_offset w13, -136
	.cfi_offset w14, -144
	.cfi_offset w15, -160
	.cfi_offset b8, -176
	.cfi_offset b9, -192
	.cfi_offset b10, -208
	.cfi_offset b11, -224
	.cfi_offset b12, -240
	.cfi_offset b13, -256
	.cfi_offset b14, -272
	.cfi_offset b15, -288
	.cfi_offset b16, -304
	.cfi_offset b17, -320
	.cfi_offset b18, -336
	.cfi_offset b19, -352
	.cfi_offset b20, -368
	.cfi_offset b21, -384
	.cfi_offset b22, -400
	.cfi_offset b23, -416
	.cfi_offset b24, -432
	.cfi_offset b25, -448
	.cfi_offset b26, -464
	.cfi_offset b27, -480
	.cfi_offset b28, -496
	.cfi_offset b29, -512
	.cfi_offset b30, -528
	.cfi_offset b31, -544
	sub	sp, sp, #16
	stur	x7, [x29, #-56]
	mov	x20, x6
	mov	x21, x5
	mov	x22, x4
	mov	x23, x3
	mov	x24, x2
	mov	x25, x1
	mov	x26, x0
	bl	use
	mov	x27, x0
	mov	x0, x25
	bl	use
	mov	x28, x0
	mov	x0, x23
	bl	use
	mov	x19, x0
	mov	x0, x21
	bl	use
	mul	x8, x23, x25
	ldur	x16, [x29, #-56]
	madd	x8, x16, x20, x8
	add	x8, x8, x27
	madd	x8, x28, x24, x8
	madd	x8, x19, x22, x8
	madd	x0, x0, x26, x8
	add	sp, sp, #16
	.cfi_def_cfa wsp, 544
	ldp	x20, x19, [sp, #-496]
	ldr	x15, [sp, #384]
	ldp	x22, x21, [sp, #-512]
	ldp	x24, x23, [sp, #496]
	ldp	x26, x25, [sp, #480]
	ldp	x28, x27, [sp, #464]
	ldp	x29, x30, [sp, #448]
	ldp	x10, x9, [sp, #432]
	ldp	x12, x11, [sp, #416]
	ldp	x14, x13, [sp, #400]
	ldp	q9, q8, [sp, #352]
	ldp	q11, q10, [sp, #320]
	ldp	q13, q12, [sp, #288]
	ldp	q15, q14, [sp, #256]
	ldp	q17, q16, [sp, #224]
	ldp	q19, q18, [sp, #192]
	ldp	q21, q20, [sp, #160]
	ldp	q23, q22, [sp, #128]
	ldp	q25, q24, [sp, #96]
	ldp	q27, q26, [sp, #64]
	ldp	q29, q28, [sp, #32]
	ldp	q31, q30, [sp], #544
	.cfi_def_cfa_offset 0
	.cfi_restore w19
	.cfi_restore w20
	.cfi_restore w21
	.cfi_restore w22
	.cfi_restore w23
	.cfi_restore w24
	.cfi_restore w25
	.cfi_restore w26
	.cfi_restore w27
	.cfi_restore w28
	.cfi_restore w30
	.cfi_restore w29
	.cfi_restore w9
	.cfi_restore w10
	.cfi_restore w11
	.cfi_restore w12
	.cfi_restore w13
	.cfi_restore w14
	.cfi_restore w15
	.cfi_restore b8
	.cfi_restore b9
	.cfi_restore b10
	.cfi_restore b11
	.cfi_restore b12
	.cfi_restore b13
	.cfi_restore b14
	.cfi_restore b15
	.cfi_restore b16
	.cfi_restore b17
	.cfi_restore b18
	.cfi_restore b19
	.cfi_restore b20
	.cfi_restore b21
	.cfi_restore b22
	.cfi_restore b23
	.cfi_restore b24
	.cfi_restore b25
	.cfi_restore b26
	.cfi_restore b27
	.cfi_restore b28
	.cfi_restore b29
	.cfi_restore b30
	.cfi_restore b31
	ret
	.size	f, .-f
	.cfi_endproc
