// arch: x86-64
// rule: OH102
// expect: silent
// flags: gcc-12 -Os
// source: gcc-12 -Os, a program of weave (seed 157), reduced
// why: one of the functions in the table begins where the function that jumps through it ends

	.text
	.type	g, @function
g:
	.cfi_startproc
	leal	1(%rsi), %eax
	ret
	.cfi_endproc
	.size	g, .-g

	.globl	f
	.type	f, @function
f:
	.cfi_startproc
	leaq	table(%rip), %rdx
	andl	$3, %eax
	movq	(%rdx,%rax,8), %rax
	jmp	*%rax
	.cfi_endproc
	.size	f, .-f

	.type	h, @function
h:
	.cfi_startproc
	leal	2(%rsi), %eax
	ret
	.cfi_endproc
	.size	h, .-h

	.section	.data.rel.ro.local,"aw"
	.p2align	3
	.type	table, @object
	.size	table, 32
table:
	.quad	g
	.quad	g
	.quad	h
	.quad	g
