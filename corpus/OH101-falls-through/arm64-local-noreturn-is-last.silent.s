// arch: arm64
// rule: OH101
// expect: silent
// flags: -O2
// source: aarch64 gcc-12 -O2
// why: die ends in _exit and so never returns; that its callers end in a call of it follows from its body

	.text
	.type	die, %function
die:
	.cfi_startproc
	stp	x29, x30, [sp, -16]!
	.cfi_def_cfa_offset	16
	.cfi_offset	29, -16
	.cfi_offset	30, -8
	mov	x29, sp
	bl	out
	mov	w0, 1
	bl	_exit
	.cfi_endproc
	.size	die, .-die
	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	cbz	x0, .L9
	ldr	w0, [x0]
	ret
.L9:
	stp	x29, x30, [sp, -16]!
	.cfi_def_cfa_offset	16
	.cfi_offset	29, -16
	.cfi_offset	30, -8
	mov	x29, sp
	bl	die
	.cfi_endproc
	.size	f, .-f
	.text
	.globl	next
	.type	next, %function
next:
	.cfi_startproc
	mov	w0, 1
	ret
	.cfi_endproc
	.size	next, .-next
