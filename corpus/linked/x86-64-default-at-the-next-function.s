// arch: x86-64
// link: ld.lld-19 -shared -Ttext=0x10000
// expect: suspect OH101 h+0x4
// expect: unproved unreachable-end h
// source: V8 (MachineOptimizationReducer::ReduceChange in Node.js), GCC 12
// why: f's switch has a default that the program cannot get to: a label behind all code, where g begins; h's jump there may mean the same

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	pushq	%rbx
	.cfi_def_cfa_offset	16
	.cfi_offset	3, -16
	movl	%edi, %ebx
	cmpl	$2, %edi
	ja	.Lend
	leaq	.Ltable(%rip), %rdx
	movslq	(%rdx,%rdi,4), %rax
	addq	%rdx, %rax
	jmp	*%rax
.Lone:
	addl	$1, %ebx
.Ltwo:
	addl	$2, %ebx
.Lthree:
	movl	%ebx, %eax
	popq	%rbx
	.cfi_def_cfa_offset	8
	ret
.Lend:
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
	.globl	h
	.type	h, %function
h:
	.cfi_startproc
	pushq	%rax
	.cfi_def_cfa_offset	16
	cmpl	$9, %edi
	ja	.Lbehind
	popq	%rax
	.cfi_def_cfa_offset	8
	ret
	.cfi_endproc
	.size	h, .-h
	.globl	k
	.type	k, %function
k:
.Lbehind:
	.cfi_startproc
	xorl	%eax, %eax
	ret
	.cfi_endproc
	.size	k, .-k
	.section	.rodata
	.p2align	2
.Ltable:
	.long	.Lone-.Ltable
	.long	.Ltwo-.Ltable
	.long	.Lthree-.Ltable
