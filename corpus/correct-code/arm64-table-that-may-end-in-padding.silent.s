// arch: arm64
// expect: silent
// flags: aarch64 gcc-12 -O2
// source: gcc-12 -O2, a switch whose default is marked unreachable, shortened
// why: nothing bounds the index, and the last word of the table, a zero, may be an entry or padding before the next
//      table: no rule is broken either way

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
