// arch: arm64
// expect: silent
// flags: aarch64 gcc-12 -O2 --param case-values-threshold=4
// why: a dense switch: absolute entries on x86-64, distances of one byte on arm64
// c: int g(int);
// c: int f(int a) { int r; switch (a) { case 0: r = g(5); break; case 1: r = g(1) - 1; break; case 2: r = g(a) + 1;
// c: break; case 3: r = g(a) * 9; break; case 4: r = a * g(3); break; default: r = 0; } return r + a; }

	.text
	.align	2
	.p2align 4,,11
	.global	f
	.type	f, %function
f:
	.cfi_startproc
	cmp	w0, 4
	bls	.L15
	ret
	.p2align 2,,3
.L15:
	stp	x29, x30, [sp, -16]!
	.cfi_def_cfa_offset 16
	.cfi_offset 29, -16
	.cfi_offset 30, -8
	adrp	x1, .L4
	add	x1, x1, :lo12:.L4
	mov	x29, sp
	ldrb	w1, [x1,w0,uxtw]
	adr	x0, .Lrtx4
	add	x1, x0, w1, sxtb #2
	br	x1
.Lrtx4:
	.section	.rodata
	.align	0
	.align	2
.L4:
	.byte	(.L8 - .Lrtx4) / 4
	.byte	(.L7 - .Lrtx4) / 4
	.byte	(.L6 - .Lrtx4) / 4
	.byte	(.L5 - .Lrtx4) / 4
	.byte	(.L3 - .Lrtx4) / 4
	.text
	.p2align 2,,3
.L5:
	mov	w0, 3
	bl	g
	add	w0, w0, w0, lsl 3
	add	w0, w0, 3
	ldp	x29, x30, [sp], 16
	.cfi_remember_state
	.cfi_restore 30
	.cfi_restore 29
	.cfi_def_cfa_offset 0
	ret
	.p2align 2,,3
.L3:
	.cfi_restore_state
	mov	w0, 3
	bl	g
	add	w0, w0, 1
	ldp	x29, x30, [sp], 16
	.cfi_remember_state
	.cfi_restore 30
	.cfi_restore 29
	.cfi_def_cfa_offset 0
	lsl	w0, w0, 2
	ret
	.p2align 2,,3
.L8:
	.cfi_restore_state
	ldp	x29, x30, [sp], 16
	.cfi_remember_state
	.cfi_restore 30
	.cfi_restore 29
	.cfi_def_cfa_offset 0
	mov	w0, 5
	b	g
	.p2align 2,,3
.L7:
	.cfi_restore_state
	ldp	x29, x30, [sp], 16
	.cfi_remember_state
	.cfi_restore 30
	.cfi_restore 29
	.cfi_def_cfa_offset 0
	mov	w0, 1
	b	g
	.p2align 2,,3
.L6:
	.cfi_restore_state
	mov	w0, 2
	bl	g
	ldp	x29, x30, [sp], 16
	.cfi_restore 30
	.cfi_restore 29
	.cfi_def_cfa_offset 0
	add	w0, w0, 3
	ret
	.cfi_endproc
	.size	f, .-f
