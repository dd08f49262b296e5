// arch: arm64
// rule: OH304
// expect: OH304 check+0x0
// expect: suspect OH204 check+0x20
// flags: clang-19 -O2 -fsanitize=hwaddress
// source: clang-19 -O2 -fsanitize=hwaddress, shortened (docs/findings/013)
// why: a helper without an unwind entry; that it leaves with what it has pushed is its convention, which nothing describes

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	str	x30, [sp, #-16]!
	.cfi_def_cfa_offset 16
	.cfi_offset w30, -16
	bl	check
	ldr	w0, [x0]
	ldr	x30, [sp], #16
	.cfi_def_cfa_offset 0
	.cfi_restore w30
	ret
	.cfi_endproc
	.size	f, .-f

	.type	check, %function
check:
	sbfx	x16, x0, #4, #52
	ldrb	w16, [x9, x16]
	cmp	x16, x0, lsr #56
	b.ne	.Lmismatch
	ret
.Lmismatch:
	stp	x0, x1, [sp, #-256]!
	stp	x29, x30, [sp, #232]
	mov	x1, #2
	b	mismatch
	.size	check, .-check
