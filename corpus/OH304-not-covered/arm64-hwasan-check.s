// arch: arm64
// rule: OH304
// flags: clang-19 --target=aarch64-linux-gnu -O2 -fsanitize=hwaddress
// expect: OH304 __hwasan_check_x1_1_short_v2+0x0
// expect: suspect OH204 __hwasan_check_x1_1_short_v2+0x1c
// source: clang-19 -O2 -fsanitize=hwaddress, shortened
// why: the thunk has no unwind entry; that it jumps on with 256 bytes on the stack is how __hwasan_tag_mismatch is entered

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	stp	x29, x30, [sp, #-16]!
	.cfi_def_cfa_offset 16
	.cfi_offset w30, -8
	.cfi_offset w29, -16
	bl	__hwasan_check_x1_1_short_v2
	ldr	w0, [x1]
	ldp	x29, x30, [sp], #16
	.cfi_def_cfa_offset 0
	.cfi_restore w30
	.cfi_restore w29
	ret
	.cfi_endproc
	.size	f, .-f

	.weak	__hwasan_check_x1_1_short_v2
	.hidden	__hwasan_check_x1_1_short_v2
	.type	__hwasan_check_x1_1_short_v2, %function
__hwasan_check_x1_1_short_v2:
	sbfx	x16, x1, #4, #52
	ldrb	w16, [x20, x16]
	cmp	x16, x1, lsr #56
	b.ne	.Lmismatch
	ret
.Lmismatch:
	stp	x0, x1, [sp, #-256]!
	stp	x29, x30, [sp, #232]
	b	__hwasan_tag_mismatch_v2
	.size	__hwasan_check_x1_1_short_v2, .-__hwasan_check_x1_1_short_v2
