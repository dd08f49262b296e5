// arch: arm64
// expect: silent
// flags: aarch64 clang-19 -Oz
// source: clang-19 -Oz, a switch whose default is marked unreachable and a tail call of a pointer, shortened
// why: how long the table is, is not known, but what its entries are counted from is its own: the other jump goes to no
//      label of this function

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	str	x19, [sp, -16]!
	.cfi_def_cfa_offset 16
	.cfi_offset 19, -16
	mov	x19, x0
	cbz	w1, .Lcall
	adrp	x2, .Ltable
	add	x2, x2, :lo12:.Ltable
	ldrb	w2, [x2, w1, uxtw]
	adr	x3, .Lbase
	add	x2, x3, w2, sxtb 2
	br	x2
.Lbase:
	add	w0, w19, 7
	b	.Lout
.Lone:
	add	w0, w19, 1
.Lout:
	ldr	x19, [sp], 16
	.cfi_remember_state
	.cfi_restore 19
	.cfi_def_cfa_offset 0
	ret
.Lcall:
	.cfi_restore_state
	adrp	x1, hook
	ldr	x1, [x1, :lo12:hook]
	ldr	x19, [sp], 16
	.cfi_restore 19
	.cfi_def_cfa_offset 0
	br	x1
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
	.byte	(.Lone-.Lbase)/4
	.byte	(.Lone-.Lbase)/4
	.p2align	2
.Lnext:
	.word	7
