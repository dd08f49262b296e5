// arch: arm64
// expect: silent
// flags: clang-19 -O2
// why: an interpreter loop: jumps through a table of label addresses
// c: int g(int);
// c: int f(const unsigned char *p) {
// c: static const void *const t[] = {&&a, &&b, &&c}; int s = 0; goto *t[*p++];
// c: a: s += g(s); goto *t[*p++];
// c: b: s += 3; goto *t[*p++];
// c: c: return s; }

	.text
	.globl	f
	.p2align	2
	.type	f,@function
f:
	.cfi_startproc
	stp	x29, x30, [sp, #-48]!
	.cfi_def_cfa_offset 48
	str	x21, [sp, #16]
	stp	x20, x19, [sp, #32]
	mov	x29, sp
	.cfi_def_cfa w29, 48
	.cfi_offset w19, -8
	.cfi_offset w20, -16
	.cfi_offset w21, -32
	.cfi_offset w30, -40
	.cfi_offset w29, -48
	mov	x19, x0
	adrp	x21, f.t
	add	x21, x21, :lo12:f.t
	ldrb	w8, [x19], #1
	mov	w20, wzr
	ldr	x8, [x21, x8, lsl #3]
	br	x8
.Ltmp0:
.LBB0_1:
	mov	w0, w20
	bl	g
	ldrb	w8, [x19], #1
	add	w20, w0, w20
	ldr	x8, [x21, x8, lsl #3]
	br	x8
.Ltmp1:
.LBB0_2:
	ldrb	w8, [x19], #1
	add	w20, w20, #3
	ldr	x8, [x21, x8, lsl #3]
	br	x8
.Ltmp2:
.LBB0_3:
	mov	w0, w20
	.cfi_def_cfa wsp, 48
	ldp	x20, x19, [sp, #32]
	ldr	x21, [sp, #16]
	ldp	x29, x30, [sp], #48
	.cfi_def_cfa_offset 0
	.cfi_restore w19
	.cfi_restore w20
	.cfi_restore w21
	.cfi_restore w30
	.cfi_restore w29
	ret
	.size	f, .-f
	.cfi_endproc
	.type	f.t,@object
	.section	.rodata,"a",@progbits
	.p2align	3, 0x0
f.t:
	.xword	.Ltmp0
	.xword	.Ltmp1
	.xword	.Ltmp2
	.size	f.t, 24
