// arch: arm64
// expect: silent
// flags: aarch64 gcc-12 -O2
// why: SP is realigned to 64 bytes; the way back is the frame pointer
// c: void g(int *);
// c: int f(int n) { _Alignas(64) int a[16]; g(a); return a[n]; }

	.text
	.align	2
	.p2align 4,,11
	.global	f
	.type	f, %function
f:
	.cfi_startproc
	stp	x29, x30, [sp, -144]!
	.cfi_def_cfa_offset 144
	.cfi_offset 29, -144
	.cfi_offset 30, -136
	mov	x29, sp
	stp	x19, x20, [sp, 16]
	.cfi_offset 19, -128
	.cfi_offset 20, -120
	add	x19, sp, 95
	mov	w20, w0
	and	x19, x19, -64
	mov	x0, x19
	bl	g
	ldr	w0, [x19, w20, sxtw 2]
	ldp	x19, x20, [sp, 16]
	ldp	x29, x30, [sp], 144
	.cfi_restore 30
	.cfi_restore 29
	.cfi_restore 19
	.cfi_restore 20
	.cfi_def_cfa_offset 0
	ret
	.cfi_endproc
	.size	f, .-f
