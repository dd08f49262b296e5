// arch: arm64
// rule: OH203
// expect: unproved call-convention f
// flags: -O2
// source: the way of glibc's __rawmemchr
// why: f keeps its return address in a register that the ABI lets a callee change, but the callee is in the same file
//   and may be known to leave it alone: nothing is proved, and nothing is wrong

	.text
	.type	leaf, %function
leaf:
	.cfi_startproc
	mov	x0, #1
	ret
	.cfi_endproc
	.size	leaf, .-leaf

	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	mov	x9, x30
	.cfi_register	30, 9
	bl	leaf
	ret	x9
	.cfi_endproc
	.size	f, .-f
