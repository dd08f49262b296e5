// arch: arm64
// rule: OH202
// expect: OH202 f+0x28
// flags: aarch64 clang-19 -Oz
// source: clang-19 -Oz, a switch over (unsigned)y % 9, shortened
// why: the twin of correct-code/arm64-table-before-an-odd-place.silent.s: the case of the last entry, a zero, loses x19

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	str	x19, [sp, -16]!
	.cfi_def_cfa_offset 16
	.cfi_offset 19, -16
	mov	w19, w0
	adrp	x2, .Ltable
	add	x2, x2, :lo12:.Ltable
	ldrb	w2, [x2, w1, uxtw]
	adr	x3, .Lbase
	add	x2, x3, w2, sxtb 2
	br	x2
.Lbase:
	add	w0, w19, 7
	.cfi_remember_state
	add	sp, sp, 16	// planted: no reload
	.cfi_restore 19
	.cfi_def_cfa_offset 0
	ret
.Lone:
	.cfi_restore_state
	add	w0, w19, 1
	ldr	x19, [sp], 16
	.cfi_restore 19
	.cfi_def_cfa_offset 0
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
	.byte	(.Lone-.Lbase)/4
	.byte	0
.Lnext:
	.byte	7
