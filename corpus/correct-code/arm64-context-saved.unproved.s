// arch: arm64
// expect: unproved indirect-entry f
// source: hand-written, as functions that switch contexts are (swapcontext)
// why: the label is entered from elsewhere, but by no __builtin_longjmp: x19 and x20 are restored as well

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	adr	x9, .Lback
	stp	x19, x20, [x0]
	stp	x29, x9, [x0, 16]
	mov	x10, sp
	str	x10, [x0, 32]
	mov	w0, 0
	ret
.Lback:
	mov	w0, 1
	ret
	.cfi_endproc
	.size	f, .-f
