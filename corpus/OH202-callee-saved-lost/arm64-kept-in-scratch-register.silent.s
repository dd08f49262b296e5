// arch: arm64
// rule: OH202
// expect: silent
// flags: -O2
// why: a leaf keeps the caller's x19 in x9 and moves it back; the rows follow

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	mov	x9, x19
	.cfi_register	19, 9
	add	w19, w0, w1
	add	w0, w19, w19, lsl 1
	mov	x19, x9
	.cfi_restore	19
	ret
	.cfi_endproc
	.size	f, .-f
