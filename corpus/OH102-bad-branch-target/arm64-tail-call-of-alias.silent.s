// arch: arm64
// rule: OH102
// expect: silent
// flags: -O2
// why: alias is a second name of t: its value is the entry of t

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	add	w0, w0, w1
	b	alias
	.cfi_endproc
	.size	f, .-f
	.text
	.globl	t
	.type	t, %function
t:
	.cfi_startproc
	sub	w0, w0, #1
	ret
	.cfi_endproc
	.size	t, .-t
	.globl	alias
	.set	alias, t
