// arch: arm64
// rule: OH202
// expect: suspect OH302 f+0x10
// expect: suspect OH202 f+0x20
// expect: unproved call-convention f
// flags: clang-19 -O2
// source: clang-19 -O2, __attribute__((preserve_none)) int f(int x) { int a = g(1), b = g(x); return a + b; }
// why: the attribute, of which the object says nothing, asks to preserve x29 and x30 alone: x comes in w20

	.text
	.globl	f
	.type	f,@function
f:
	.cfi_startproc
	str	x30, [sp, #-16]!
	.cfi_def_cfa_offset 16
	.cfi_offset w30, -16
	mov	w0, #1
	bl	g
	mov	w19, w0
	mov	w0, w20
	bl	g
	add	w0, w19, w0
	ldr	x30, [sp], #16
	.cfi_def_cfa_offset 0
	.cfi_restore w30
	ret
	.size	f, .-f
	.cfi_endproc
