// arch: arm64
// rule: OH103
// expect: silent
// flags: -O2
// source: aarch64 gcc-12 -O2 -mpc-relative-literal-loads
// why: the eight bytes behind the ret are data: a literal that the ldr loads, inside the symbol as GCC puts it

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	ldr	x1, .LC0
	ldr	w0, [x1]
	ret
	.align	3
.LC0:
	.xword	counter
	.cfi_endproc
	.size	f, .-f
