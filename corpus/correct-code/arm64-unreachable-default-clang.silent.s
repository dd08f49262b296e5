// arch: arm64
// expect: silent
// flags: clang-19 -O2 -mllvm -aarch64-min-jump-table-entries=4
// why: the default of the switch is __builtin_unreachable(): no comparison bounds the index; the table of bytes ends
//   where its section does
// c: int g(int);
// c: int f(int a) { int r; switch (a) { case 0: r = g(5); break; case 1: r = g(1) - 1; break; case 2: r = g(a) + 1;
// c: break; case 3: r = g(a) * 9; break; case 4: r = a * g(3); break; default: __builtin_unreachable(); } return r
// c: + a; }

	.text
	.globl	f
	.p2align	2
	.type	f,@function
f:
	.cfi_startproc
	mov	w8, w0
	stp	x29, x30, [sp, #-32]!
	.cfi_def_cfa_offset 32
	str	x19, [sp, #16]
	mov	x29, sp
	.cfi_def_cfa w29, 32
	.cfi_offset w19, -16
	.cfi_offset w30, -24
	.cfi_offset w29, -32
	adrp	x9, .LJTI0_0
	add	x9, x9, :lo12:.LJTI0_0
	mov	w19, w0
	adr	x10, .LBB0_1
	ldrb	w11, [x9, x8]
	add	x10, x10, x11, lsl #2
	br	x10
.LBB0_1:
	mov	w0, #5
	bl	g
	b	.LBB0_6
.LBB0_2:
	mov	w0, #3
	bl	g
	lsl	w0, w0, #2
	b	.LBB0_6
.LBB0_3:
	mov	w0, #2
	bl	g
	add	w0, w0, #1
	b	.LBB0_6
.LBB0_4:
	mov	w0, #3
	bl	g
	add	w0, w0, w0, lsl #3
	b	.LBB0_6
.LBB0_5:
	mov	w0, #1
	bl	g
	sub	w0, w0, #1
.LBB0_6:
	add	w0, w0, w19
	.cfi_def_cfa wsp, 32
	ldr	x19, [sp, #16]
	ldp	x29, x30, [sp], #32
	.cfi_def_cfa_offset 0
	.cfi_restore w19
	.cfi_restore w30
	.cfi_restore w29
	ret
	.size	f, .-f
	.cfi_endproc
	.section	.rodata,"a",@progbits
.LJTI0_0:
	.byte	(.LBB0_1-.LBB0_1)>>2
	.byte	(.LBB0_5-.LBB0_1)>>2
	.byte	(.LBB0_3-.LBB0_1)>>2
	.byte	(.LBB0_4-.LBB0_1)>>2
	.byte	(.LBB0_2-.LBB0_1)>>2
