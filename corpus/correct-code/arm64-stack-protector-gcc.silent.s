// arch: arm64
// expect: silent
// flags: aarch64 gcc-12 -O2 -fstack-protector-all -fno-PIC
// why: a canary check that ends in __stack_chk_fail
// c: void g(char *);
// c: int f(int a) { char b[64]; g(b); return b[a]; }

	.text
	.align	2
	.p2align 4,,11
	.global	f
	.type	f, %function
f:
	.cfi_startproc
	stp	x29, x30, [sp, -112]!
	.cfi_def_cfa_offset 112
	.cfi_offset 29, -112
	.cfi_offset 30, -104
	adrp	x1, __stack_chk_guard
	add	x1, x1, :lo12:__stack_chk_guard
	mov	x29, sp
	stp	x19, x20, [sp, 16]
	.cfi_offset 19, -96
	.cfi_offset 20, -88
	add	x20, sp, 40
	mov	w19, w0
	ldr	x2, [x1]
	str	x2, [sp, 104]
	mov	x2, 0
	mov	x0, x20
	bl	g
	adrp	x1, __stack_chk_guard
	ldrb	w0, [x20, w19, sxtw]
	ldr	x3, [sp, 104]
	ldr	x2, [x1, #:lo12:__stack_chk_guard]
	subs	x3, x3, x2
	mov	x2, 0
	bne	.L5
	ldp	x19, x20, [sp, 16]
	ldp	x29, x30, [sp], 112
	.cfi_remember_state
	.cfi_restore 30
	.cfi_restore 29
	.cfi_restore 19
	.cfi_restore 20
	.cfi_def_cfa_offset 0
	ret
.L5:
	.cfi_restore_state
	bl	__stack_chk_fail
	.cfi_endproc
	.size	f, .-f
