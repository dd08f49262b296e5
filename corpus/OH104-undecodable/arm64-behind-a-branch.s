// arch: arm64
// rule: OH104
// expect: OH104 f+0xc
// flags: -O2
// why: the taken side of the branch starts with a word in unallocated encoding space

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	tbz	w0, #3, .L2
	mov	w0, 1
	ret
.L2:
	.inst	0xffffff10	// planted
	ret
	.cfi_endproc
	.size	f, .-f
