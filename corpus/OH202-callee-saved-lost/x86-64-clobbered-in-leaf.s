// arch: x86-64
// rule: OH202
// expect: OH202 f+0x7
// flags: -O2
// source: gcc-12 -O2
// why: the register allocator used rbx in a leaf and the prologue does not save it; the row says that rbx is lost

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	.cfi_undefined	3
	movl	%edi, %ebx	# planted: never saved
	addl	%esi, %ebx
	leal	(%rbx,%rbx,2), %eax
	ret
	.cfi_endproc
	.size	f, .-f
