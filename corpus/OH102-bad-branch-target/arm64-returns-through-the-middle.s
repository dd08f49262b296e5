// arch: arm64
// rule: OH102
// expect: OH102 g+0x4
// expect: OH201 f+0x10
// flags: -O2
// source: by hand, after _setjmp of glibc 2.36, which enters __sigsetjmp behind its first instruction
// why: what a jump into the middle of another function reaches may return, so that the fault behind the call counts

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	stp	x29, x30, [sp, -32]!
	.cfi_def_cfa_offset	32
	.cfi_offset	29, -32
	.cfi_offset	30, -24
	bl	g
	ldp	x29, x30, [sp], 16
	.cfi_restore	30
	.cfi_restore	29
	.cfi_def_cfa_offset	16
	nop
	ret
	.cfi_endproc
	.size	f, .-f

	.globl	g
	.type	g, %function
g:
	.cfi_startproc
	mov	x1, 0
	b	.Lmiddle
	.cfi_endproc
	.size	g, .-g

	.globl	h
	.type	h, %function
h:
	.cfi_startproc
	nop
.Lmiddle:
	mov	w0, 0
	ret
	.cfi_endproc
	.size	h, .-h
