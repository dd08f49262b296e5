// arch: arm64
// rule: OH202
// expect: suspect OH202 f+0x20
// expect: suspect OH302 f+0x1c
// expect: unproved indirect-jump f
// flags: aarch64 gcc-12 -O2
// why: of the code that only the last word of the table leads to, an entry or padding, nothing certain is said; it would
//      lose a saved register

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	adrp	x2, .Ltable
	add	x2, x2, :lo12:.Ltable
	ldrb	w2, [x2, w0, uxtw]
	adr	x3, .Lbase
	add	x2, x3, w2, sxtb 2
	br	x2
.Lbase:
	mov	x19, x1
	add	w0, w1, 7
	ret
.Lone:
	add	w0, w1, 1
	ret
.Ltwo:
	add	w0, w1, 2
	ret
	.cfi_endproc
	.size	f, .-f
	.globl	other
	.type	other, %function
other:
	.cfi_startproc
	adrp	x0, .Lnext
	add	x0, x0, :lo12:.Lnext
	ret
	.cfi_endproc
	.size	other, .-other

	.section	.rodata
	.p2align	2
.Ltable:
	.byte	(.Lone-.Lbase)/4
	.byte	(.Ltwo-.Lbase)/4
	.byte	(.Lone-.Lbase)/4
	.p2align	2
.Lnext:
	.word	7
