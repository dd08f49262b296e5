// arch: arm64
// expect: silent
// flags: aarch64 gcc-12 -O2
// why: loops with several exits and a shared epilogue
// c: int g(int);
// c: int f(int *p, int n) { int s = 0; for (int i = 0; i < n; i++) { for (int j = i; j < n; j++) { if (p[j] < 0)
// c: return -1; s += g(p[j]); } if (s > 1000) break; } return s + n; }

	.text
	.align	2
	.p2align 4,,11
	.global	f
	.type	f, %function
f:
	.cfi_startproc
	stp	x29, x30, [sp, -80]!
	.cfi_def_cfa_offset 80
	.cfi_offset 29, -80
	.cfi_offset 30, -72
	mov	x29, sp
	stp	x23, x24, [sp, 48]
	str	x25, [sp, 64]
	.cfi_offset 23, -32
	.cfi_offset 24, -24
	.cfi_offset 25, -16
	sxtw	x25, w1
	mov	x24, x25
	cmp	w25, 0
	ble	.L17
	stp	x21, x22, [sp, 32]
	.cfi_offset 22, -40
	.cfi_offset 21, -48
	mov	x22, x0
	mov	x23, 0
	stp	x19, x20, [sp, 16]
	.cfi_offset 20, -56
	.cfi_offset 19, -64
	mov	w20, 0
.L7:
	sub	w21, w24, w23
	mov	x19, x23
	add	x21, x21, x23
	cmp	w24, w23
	bgt	.L5
	b	.L6
	.p2align 2,,3
.L19:
	bl	g
	add	w20, w20, w0
	cmp	x19, x21
	beq	.L18
.L5:
	ldr	w0, [x22, x19, lsl 2]
	add	x19, x19, 1
	tbz	w0, #31, .L19
	ldp	x19, x20, [sp, 16]
	.cfi_restore 20
	.cfi_restore 19
	mov	w0, -1
	ldp	x21, x22, [sp, 32]
	.cfi_restore 22
	.cfi_restore 21
.L1:
	ldp	x23, x24, [sp, 48]
	ldr	x25, [sp, 64]
	ldp	x29, x30, [sp], 80
	.cfi_restore 30
	.cfi_restore 29
	.cfi_restore 25
	.cfi_restore 23
	.cfi_restore 24
	.cfi_def_cfa_offset 0
	ret
	.p2align 2,,3
.L18:
	.cfi_def_cfa_offset 80
	.cfi_offset 19, -64
	.cfi_offset 20, -56
	.cfi_offset 21, -48
	.cfi_offset 22, -40
	.cfi_offset 23, -32
	.cfi_offset 24, -24
	.cfi_offset 25, -16
	.cfi_offset 29, -80
	.cfi_offset 30, -72
	cmp	w20, 1000
	bgt	.L15
.L6:
	add	x23, x23, 1
	cmp	x23, x25
	bne	.L7
.L15:
	ldp	x21, x22, [sp, 32]
	.cfi_restore 22
	.cfi_restore 21
	add	w0, w24, w20
	ldp	x19, x20, [sp, 16]
	.cfi_restore 20
	.cfi_restore 19
	b	.L1
.L17:
	mov	w0, w25
	b	.L1
	.cfi_endproc
	.size	f, .-f
