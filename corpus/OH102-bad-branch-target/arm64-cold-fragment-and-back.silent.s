// arch: arm64
// rule: OH102
// expect: silent
// flags: -O2
// source: aarch64 gcc-12 -O2 -freorder-blocks-and-partition
// why: a branch into f.cold and back into the middle of f stays within one function

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	stp	x29, x30, [sp, -16]!
	.cfi_def_cfa_offset	16
	.cfi_offset	29, -16
	.cfi_offset	30, -8
	mov	x29, sp
	bl	g
	cbz	w0, .L4
.L2:
	ldp	x29, x30, [sp], 16
	.cfi_restore	30
	.cfi_restore	29
	.cfi_def_cfa_offset	0
	ret
.L4:
	.cfi_def_cfa_offset	16
	.cfi_offset	29, -16
	.cfi_offset	30, -8
	b	.L3
	.cfi_endproc
	.size	f, .-f
	.section	.text.unlikely,"ax",%progbits
	.cfi_startproc
	.type	f.cold, %function
f.cold:
.L3:
	.cfi_def_cfa_offset	16
	.cfi_offset	29, -16
	.cfi_offset	30, -8
	mov	w0, 1
	bl	bad
	b	.L2
	.cfi_endproc
	.size	f.cold, .-f.cold
