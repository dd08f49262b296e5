// arch: arm64
// rule: OH203
// expect: silent
// flags: -O2
// why: the link register survives the call in another register: an outlined helper promises to leave x9 alone only if
//   it is local, so here nothing is called in between

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	mov	x9, x30
	.cfi_register	30, 9
	adr	x30, .Ltable
	ldr	w0, [x30, w0, uxtw #2]
	mov	x30, x9
	.cfi_restore	30
	ret
	.p2align	2
.Ltable:
	.word	3, 1, 4, 1
	.cfi_endproc
	.size	f, .-f
