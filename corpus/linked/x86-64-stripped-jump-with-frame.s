// arch: x86-64
// link: ld.lld-19 -shared --strip-all -Ttext=0x10000
// expect: OH204 f+0x4
// source: the twin of x86-64-stripped-jump-to-frameless-fragment.s
// why: no fragment is near, and the place is aligned as functions are: what f jumps to with its frame in place is one

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
	.p2align	4
	.globl	leaf
	.type	leaf, %function
leaf:
.Lleaf:
	.cfi_startproc
	xorl	%eax, %eax
	ret
	.cfi_endproc
	.size	leaf, .-leaf
