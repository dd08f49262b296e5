// arch: arm64
// rule: OH202
// expect: OH202 f+0x80
// expect: OH202 f+0x80
// expect: OH302 f+0x50
// expect: OH302 f+0x50
// flags: -O1
// source: as arm64-builtin-setjmp-gcc
// why: __builtin_longjmp comes back to the label with whatever is in x27 and x28, which the function does not save


	.text
	.align	2
	.global	f
	.type	f, %function
f:
	.cfi_startproc
	stp	x29, x30, [sp, -160]!
	.cfi_def_cfa_offset 160
	.cfi_offset 29, -160
	.cfi_offset 30, -152
	mov	x29, sp
	stp	x19, x20, [sp, 16]
	stp	x21, x22, [sp, 32]
	stp	x23, x24, [sp, 48]
	stp	x25, x26, [sp, 64]
	stp	d8, d9, [sp, 96]
	stp	d10, d11, [sp, 112]
	stp	d12, d13, [sp, 128]
	stp	d14, d15, [sp, 144]
	.cfi_offset 19, -144
	.cfi_offset 20, -136
	.cfi_offset 21, -128
	.cfi_offset 22, -120
	.cfi_offset 23, -112
	.cfi_offset 24, -104
	.cfi_offset 25, -96
	.cfi_offset 26, -88
	.cfi_offset 72, -64
	.cfi_offset 73, -56
	.cfi_offset 74, -48
	.cfi_offset 75, -40
	.cfi_offset 76, -32
	.cfi_offset 77, -24
	.cfi_offset 78, -16
	.cfi_offset 79, -8
	adrp	x1, .LANCHOR0
	add	x2, x1, :lo12:.LANCHOR0
	str	x29, [x1, #:lo12:.LANCHOR0]
	adrp	x1, .L2
	add	x1, x1, :lo12:.L2
	str	x1, [x2, 8]
	mov	x1, sp
	str	x1, [x2, 16]
	bl	g
	b	.L7
.L2:
	mov	w0, -1
	b	.L1
.L7:
	add	w0, w0, 1
.L1:
	ldp	d8, d9, [sp, 96]
	ldp	d10, d11, [sp, 112]
	ldp	d12, d13, [sp, 128]
	ldp	d14, d15, [sp, 144]
	ldp	x19, x20, [sp, 16]
	ldp	x21, x22, [sp, 32]
	ldp	x23, x24, [sp, 48]
	ldp	x25, x26, [sp, 64]
	ldp	x29, x30, [sp], 160
	.cfi_restore 30
	.cfi_restore 29
	.cfi_restore 25
	.cfi_restore 26
	.cfi_restore 23
	.cfi_restore 24
	.cfi_restore 21
	.cfi_restore 22
	.cfi_restore 19
	.cfi_restore 20
	.cfi_restore 78
	.cfi_restore 79
	.cfi_restore 76
	.cfi_restore 77
	.cfi_restore 74
	.cfi_restore 75
	.cfi_restore 72
	.cfi_restore 73
	.cfi_def_cfa_offset 0
	ret
	.cfi_endproc
	.size	f, .-f
	.global	buffer
	.bss
	.align	3
	.set	.LANCHOR0,. + 0
	.type	buffer, %object
	.size	buffer, 40
buffer:
	.zero	40
