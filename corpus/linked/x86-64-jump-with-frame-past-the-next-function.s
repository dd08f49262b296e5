// arch: x86-64
// link: ld.lld-19 -shared -Ttext=0x10000
// expect: OH204 f+0x4
// source: the twin of x86-64-default-at-the-next-function.s
// why: leaf does not begin where f ends, so that it is leaf that f jumps to with its frame in place

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	pushq	%rax
	.cfi_def_cfa_offset	16
	cmpl	$9, %edi
	ja	.Lleaf
	popq	%rax
	.cfi_def_cfa_offset	8
	ret
	.cfi_endproc
	.size	f, .-f
	.globl	g
	.type	g, %function
g:
	.cfi_startproc
	xorl	%eax, %eax
	ret
	.cfi_endproc
	.size	g, .-g
	.globl	leaf
	.type	leaf, %function
leaf:
.Lleaf:
	.cfi_startproc
	xorl	%eax, %eax
	ret
	.cfi_endproc
	.size	leaf, .-leaf
