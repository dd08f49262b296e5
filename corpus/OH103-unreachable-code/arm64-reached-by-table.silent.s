// arch: arm64
// rule: OH103
// expect: silent
// flags: -O2
// source: aarch64 gcc-12 -O2 --param case-values-threshold=3, reduced
// why: the blocks are reached only through the table of one-byte distances

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	cmp	w0, 2
	bhi	.L2
	adrp	x1, .L4
	add	x1, x1, :lo12:.L4
	ldrb	w1, [x1,w0,uxtw]
	adr	x0, .Lrtx4
	add	x1, x0, w1, sxtb #2
	br	x1
.Lrtx4:
.L7:
	mov	w0, 12
	ret
.L6:
	mov	w0, 99
	ret
.L5:
	mov	w0, 31
	ret
.L2:
	mov	w0, 0
	ret
	.cfi_endproc
	.size	f, .-f
	.section	.rodata
.L4:
	.byte	(.L5 - .Lrtx4) / 4
	.byte	(.L6 - .Lrtx4) / 4
	.byte	(.L7 - .Lrtx4) / 4
