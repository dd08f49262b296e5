// arch: arm64
// rule: OH102
// expect: EXP
// flags: -O0
// source: clang-16 --target=aarch64-linux-gnu -O0, reduced
// why: an entry of the table behind the computed goto leads into the middle of another function

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	sub	sp, sp, #128
	.cfi_def_cfa_offset 128
	adrp	x8, .Llabels
	add	x8, x8, :lo12:.Llabels
	ldr	x8, [x8, w1, uxtw #3]
	b	.Lgoto
.Lagain:
	ldr	x8, [x2]
	b	.Lgoto
.Llabel:
	and	x9, x3, #7
	str	x9, [sp, #112]
	cmp	w9, #5
	b.hi	.Lbehind
	ldr	x11, [sp, #112]
	adrp	x10, .Lfirst
	add	x10, x10, :lo12:.Lfirst
.Lfirst_base:
	adr	x8, .Lfirst_base
	ldrsw	x9, [x10, x11, lsl #2]
	add	x8, x8, x9
	br	x8
.Lbehind:
	and	x9, x4, #3
	str	x9, [sp]
	ldr	x11, [sp]
	adrp	x10, .Lsecond
	add	x10, x10, :lo12:.Lsecond
.Lsecond_base:
	adr	x8, .Lsecond_base
	ldrsw	x9, [x10, x11, lsl #2]
	add	x8, x8, x9
	br	x8
.Lfar:
	mov	w0, #2
	add	sp, sp, #128
	.cfi_def_cfa_offset 0
	ret
.Lgoto:
	.cfi_def_cfa_offset 128
	br	x8
	.cfi_endproc
	.size	f, .-f

	.globl	g
	.type	g, %function
g:
	.cfi_startproc
	add	w0, w0, #1
.Lother:
	add	w0, w0, #2
	add	w0, w0, #3
	add	w0, w0, #4
	add	w0, w0, #5
	ret
	.cfi_endproc
	.size	g, .-g

	.section	.rodata
	.p2align	2
.Lsecond:
	.word	.Lagain-.Lsecond_base
	.word	.Lother-.Lsecond_base	// planted: .Lfar-.Lsecond_base
	.word	.Lagain-.Lsecond_base
	.word	.Lfar-.Lsecond_base
.Lfirst:
	.word	.Lagain-.Lfirst_base
	.word	.Lgoto-.Lfirst_base
	.word	.Lbehind-.Lfirst_base
	.word	.Lfar-.Lfirst_base
	.word	.Lbehind-.Lfirst_base
	.word	.Lagain-.Lfirst_base

	.section	.data.rel.ro, "aw", %progbits
	.p2align	3
.Llabels:
	.xword	.Lagain
	.xword	.Llabel
