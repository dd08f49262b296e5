// arch: arm64
// expect: silent
// flags: clang-19 -O2 -fstack-protector-all -fno-PIC
// why: a canary check that ends in __stack_chk_fail
// c: void g(char *);
// c: int f(int a) { char b[64]; g(b); return b[a]; }

	.text
	.globl	f
	.p2align	2
	.type	f,@function
f:
	.cfi_startproc
	sub	sp, sp, #112
	.cfi_def_cfa_offset 112
	stp	x29, x30, [sp, #80]
	stp	x20, x19, [sp, #96]
	add	x29, sp, #80
	.cfi_def_cfa w29, 32
	.cfi_offset w19, -8
	.cfi_offset w20, -16
	.cfi_offset w30, -24
	.cfi_offset w29, -32
	.cfi_remember_state
	adrp	x8, __stack_chk_guard
	mov	w19, w0
	add	x0, sp, #8
	ldr	x8, [x8, :lo12:__stack_chk_guard]
	add	x20, sp, #8
	stur	x8, [x29, #-8]
	bl	g
	adrp	x8, __stack_chk_guard
	ldrb	w0, [x20, w19, sxtw]
	ldur	x9, [x29, #-8]
	ldr	x8, [x8, :lo12:__stack_chk_guard]
	cmp	x8, x9
	b.ne	.LBB0_2
	.cfi_def_cfa wsp, 112
	ldp	x20, x19, [sp, #96]
	ldp	x29, x30, [sp, #80]
	add	sp, sp, #112
	.cfi_def_cfa_offset 0
	.cfi_restore w19
	.cfi_restore w20
	.cfi_restore w30
	.cfi_restore w29
	ret
.LBB0_2:
	.cfi_restore_state
	bl	__stack_chk_fail
	.size	f, .-f
	.cfi_endproc
