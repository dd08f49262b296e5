// arch: arm64
// rule: OH303
// expect: silent
// flags: -O2
// why: the row follows the return address into x9 and back

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	mov	x9, x30
	.cfi_register	30, 9
	adr	x30, .L2
.L2:
	add	w0, w0, w30
	mov	x30, x9
	.cfi_restore	30
	ret
	.cfi_endproc
	.size	f, .-f
