// arch: arm64
// rule: OH103
// expect: OH103 f+0xc
// flags: -O2
// why: nothing jumps to the instruction behind the b

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	cbz	w0, .L2
	mov	w0, w1
	b	.L3
	add	w0, w0, 5	// planted: no label, no way in
	ret
.L2:
	mov	w0, 7
.L3:
	ret
	.cfi_endproc
	.size	f, .-f
