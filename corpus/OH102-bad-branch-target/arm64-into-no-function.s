// arch: arm64
// rule: OH102
// expect: OH102 f+0x0
// flags: -O2
// source: clang-19 -O2
// why: the branch goes behind the last function of the section, to data that belong to none

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	cbz	x0, .Lpool	// planted: a label of data
	ldr	w0, [x0]
	ret
	.cfi_endproc
	.size	f, .-f
	.word	0x9abcdef0
.Lpool:
	.word	0x12345678
